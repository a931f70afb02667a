package dev.fanfare.access.limit;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/// How often somebody may do something, over all instances together. Each is a number a second for long, 0 for no
/// limit, and a number at once after a pause, its burst, from 1.
///
/// A larger rate lets one of many take more of what all share. A larger burst does so for a moment, and lets
/// each instance exceed by a tenth of it. All instances should have the same values.
@ConfigMapping(prefix = "fanfare.access.limits")
public interface LimitsConfig {

    /// Messages a second that the tokens of one subject may publish, 0 to 1,000,000.
    @WithDefault("1000")
    int publishesPerSubject();

    @WithDefault("5000")
    int publishesPerSubjectBurst();

    /// Messages a second that all tokens that are signed with one key may publish, 0 to 1,000,000. One key may be that
    /// of a whole application.
    @WithDefault("20000")
    int publishesPerKey();

    @WithDefault("50000")
    int publishesPerKeyBurst();

    /// Messages a second that strangers of one address may publish, where they may, 0 to 1,000,000. Behind a proxy that
    /// `quarkus.http.proxy.*` does not say to believe, all have one address.
    @WithDefault("1000")
    int publishesPerAddress();

    @WithDefault("5000")
    int publishesPerAddressBurst();

    /// Tokens a second that are issued for one API key, 0 to 1,000,000. One key may be that of a whole application,
    /// whose clients come back all at once.
    @WithDefault("500")
    int tokensPerKey();

    @WithDefault("10000")
    int tokensPerKeyBurst();

    /// Credentials a second from one address that nobody can have issued, 0 to 1,000,000. When there were more,
    /// none from that address is looked at for a while, so that guessing is slow. Tokens that were good once do not
    /// count. What was said of proxies holds here too.
    @WithDefault("10")
    int failuresPerAddress();

    @WithDefault("200")
    int failuresPerAddressBurst();
}
