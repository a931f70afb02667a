import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.spec.ECGenParameterSpec;
import java.util.Base64;

/// Prints a new key for ES256 as PEM, private and public: what `openssl genpkey` does where there is no OpenSSL.
void main() throws GeneralSecurityException {
    var generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(new ECGenParameterSpec("secp256r1"));
    var pair = generator.generateKeyPair();
    print("PRIVATE KEY", pair.getPrivate().getEncoded());
    print("PUBLIC KEY", pair.getPublic().getEncoded());
}

void print(String type, byte[] encoded) {
    IO.println("-----BEGIN " + type + "-----");
    IO.println(Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(encoded));
    IO.println("-----END " + type + "-----");
}
