package dev.fanfare.access.apikey;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fanfare.contract.broker.ApiKey;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ApiKeyCredentialTest {

    private static final ApiKeyCredential SHOPS = new ApiKeyCredential("fk_shop", "se.cr:et");

    @Test
    void drawnCredential_isOneOfItsOwn_andCanBeSent() {
        // When
        List<ApiKeyCredential> drawn = Stream.generate(() -> ApiKeyCredential.drawn(new SecureRandom()))
                .limit(100)
                .toList();

        // Then
        assertThat(drawn).doesNotHaveDuplicates().allMatch(credential -> ApiKey.isId(credential.id()));
        assertThat(drawn).extracting(ApiKeyCredential::secret).doesNotHaveDuplicates();
        assertThat(drawn)
                .allMatch(credential -> Base64.getUrlDecoder().decode(credential.secret()).length == 32)
                .allMatch(credential ->
                        ApiKeyCredential.in("Bearer " + credential.text()).equals(Optional.of(credential)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"Bearer fk_shop.se.cr:et", "bEARER  fk_shop.se.cr:et ", "Basic Zmtfc2hvcDpzZS5jcjpldA=="})
    void credential_isReadFromEitherScheme(String authorization) {
        // When, Then
        assertThat(ApiKeyCredential.in(authorization)).contains(SHOPS);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Bearer eyJhbGciOiJIUzI1NiJ9.e30.c2ln",
                "Bearer rubbish",
                "Bearer ",
                "Bearer Shop.secret",
                "Bearer .secret",
                "Digest fk_shop.secret",
                ""
            })
    void otherCredentials_areNoApiKeys(String authorization) {
        // When, Then
        assertThat(ApiKeyCredential.in(authorization)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"Basic", "Basic ", "Basic %", "Basic ZmtfIHNob3A", "Basic ZmtfI"})
    void passwordThatCannotBeRead_isNobodys(String authorization) {
        // When, Then
        assertThat(ApiKeyCredential.in(authorization).map(ApiKeyCredential::id).orElse(""))
                .isEmpty();
    }

    @Test
    void tooLongCredential_isNotLookedAt() {
        // Given
        String basic = Base64.getEncoder().encodeToString(("fk_shop:" + "x".repeat(800)).getBytes(UTF_8));

        // When, Then
        assertThat(ApiKeyCredential.in("Bearer fk_shop." + "x".repeat(505))).isEmpty();
        assertThat(ApiKeyCredential.in("Basic " + basic)).contains(new ApiKeyCredential("", ""));
    }

    @Test
    void secret_isKeptAsItsHash_andNeverPrinted() {
        // When, Then
        assertThat(new ApiKeyCredential("fk_shop", "abc").secretHash())
                .isEqualTo("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
        assertThat(SHOPS.toString()).doesNotContain(SHOPS.secret());
    }
}
