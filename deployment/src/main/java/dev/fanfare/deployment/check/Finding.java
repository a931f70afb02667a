package dev.fanfare.deployment.check;

/// One thing that is wrong with one object.
///
/// @param object `Kind/name`
/// @param what what is wrong and what would be right
public record Finding(String object, String what) {

    static Finding of(Object object, String what) {
        return new Finding(object.toString(), what);
    }

    @Override
    public String toString() {
        return object + ": " + what;
    }
}
