package dev.fanfare.benchmarks.peers;

import dev.fanfare.benchmarks.load.Dialect;
import dev.fanfare.benchmarks.load.PublisherKind;
import dev.fanfare.benchmarks.load.Target;
import dev.fanfare.benchmarks.redis.PublisherOnRedis;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Nchan, a module of nginx, with one worker and the history that our gateway keeps.
final class Nchan implements Peer.Recipe, Dialect {

    private static final Path MODULE = Cache.debian("usr/lib/nginx/modules/ngx_nchan_module.so");
    private static final Path NGINX = Cache.debian("usr/sbin/nginx");

    /// The module opens a folder in here whatever the configuration says.
    private static final Path STATE = Path.of("/var/lib/nginx");

    private static final String CONFIGURATION = """
            load_module MODULE;
            daemon off;
            pid nginx.pid;
            error_log stderr warn;
            worker_processes 1;
            worker_rlimit_nofile 20000;
            events { worker_connections 19000; }
            http {
              access_log off;
              client_body_temp_path body; proxy_temp_path proxy; fastcgi_temp_path fastcgi;
              uwsgi_temp_path uwsgi; scgi_temp_path scgi;
              keepalive_requests 1000000000;
              keepalive_timeout 1h;
              nchan_shared_memory_size 512m;
              server {
                listen 127.0.0.1:PORT backlog=4096;
                location ~ ^/sub/(.+)$ {
                  nchan_subscriber websocket; nchan_channel_id $1; nchan_subscriber_first_message newest;
                }
                location ~ ^/pub/(.+)$ {
                  nchan_publisher; nchan_channel_id $1; nchan_message_buffer_length 100; nchan_message_timeout 10m;
                }
              }
            }
            """;

    @Override
    public Optional<String> absence() {
        Optional<String> missing = Cache.absence("nginx with nchan", MODULE).or(() -> Cache.absence("nginx", NGINX));
        return missing.isPresent() || Files.isDirectory(STATE)
                ? missing
                : Optional.of("Nchan needs the folder " + STATE + ": " + Cache.REMEDY + " as root");
    }

    @Override
    public Launch launch(int port, PublisherOnRedis redis) {
        String text = CONFIGURATION.replace("MODULE", MODULE.toString()).replace("PORT", String.valueOf(port));
        Path file = Cache.configuration("nchan.conf", text);
        String folder = String.valueOf(file.getParent()) + "/";
        return new Launch(
                List.of(NGINX.toString(), "-p", folder, "-c", file.toString(), "-e", "stderr"), Map.of(), null);
    }

    @Override
    public Target target(int port, PublisherOnRedis redis) {
        return new Target(port, this, new PublisherKind.Http(port, "/pub/"));
    }

    @Override
    public String path(String channel) {
        return "/sub/" + channel;
    }

    @Override
    public @Nullable String opening(String channel) {
        return null;
    }
}
