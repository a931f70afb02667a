package dev.fanfare.access.capability;

/// What is allowed to those who have no token: a rule of the configuration, nothing unless it is set.
public record AnonymousAccess(Capabilities capabilities) {

    /// Whether everybody needs a token.
    public boolean isOff() {
        return capabilities.equals(Capabilities.NONE);
    }
}
