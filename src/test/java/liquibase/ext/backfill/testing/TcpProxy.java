package liquibase.ext.backfill.testing;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BooleanSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A network between a driver and its server that can be slow, cut, or swallow what is sent. */
public final class TcpProxy implements AutoCloseable {
    private static final Pattern ADDRESS = Pattern.compile("//([^:/]+):(\\d+)/");

    private final ServerSocket listening;
    private final String host;
    private final int port;
    private final List<Socket> sockets = new CopyOnWriteArrayList<>();
    private volatile Duration delay = Duration.ZERO;
    private volatile boolean swallowing;
    private volatile boolean swallowingAnswers;

    private TcpProxy(String host, int port) throws IOException {
        this.host = host;
        this.port = port;
        this.listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    }

    /** In front of the server of a JDBC url. */
    public static TcpProxy before(String jdbcUrl) throws IOException {
        Matcher address = ADDRESS.matcher(jdbcUrl);
        if (!address.find()) {
            throw new IllegalArgumentException("no host and port in " + jdbcUrl);
        }
        var proxy = new TcpProxy(address.group(1), Integer.parseInt(address.group(2)));
        daemon(proxy::accept);
        return proxy;
    }

    /** The same url by way of the proxy. */
    public String through(String jdbcUrl) {
        return ADDRESS.matcher(jdbcUrl).replaceFirst("//127.0.0.1:" + listening.getLocalPort() + "/");
    }

    /** From now on each packet is held back so long, in both directions. */
    public void delay(Duration each) {
        delay = each;
    }

    /** From now on nothing arrives, and nobody is told: not even that the other side has gone. New connections too. */
    public void swallow() {
        swallowing = true;
    }

    /** From now on what the server answers does not arrive. What it is asked does. */
    public void swallowAnswers() {
        swallowingAnswers = true;
    }

    /** Ends all connections, on both sides. New ones are let through. */
    public void cut() throws IOException {
        for (Socket socket : sockets) {
            socket.close();
        }
        sockets.clear();
        swallowing = false;
        swallowingAnswers = false;
    }

    private void accept() throws IOException {
        while (!listening.isClosed()) {
            Socket client = listening.accept();
            var server = new Socket(host, port);
            client.setTcpNoDelay(true);
            server.setTcpNoDelay(true);
            sockets.add(client);
            sockets.add(server);
            daemon(() -> pump(client, server, () -> swallowing));
            daemon(() -> pump(server, client, () -> swallowing || swallowingAnswers));
        }
    }

    /** An end that is swallowed is not passed on: {@link #cut()} closes what is left. */
    private void pump(Socket from, Socket to, BooleanSupplier swallowed) throws IOException {
        try (from) {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            var packet = new byte[65_536];
            for (int length = in.read(packet); length >= 0; length = in.read(packet)) {
                Thread.sleep(delay.toMillis());
                if (!swallowed.getAsBoolean()) {
                    out.write(packet, 0, length);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            if (!swallowed.getAsBoolean()) {
                to.close();
            }
        }
    }

    private interface Work {
        void done() throws IOException;
    }

    /** What fails in it fails because a socket was closed, which both ends notice for themselves. */
    private static void daemon(Work work) {
        var thread = new Thread(() -> {
            try {
                work.done();
            } catch (IOException closed) {
                return;
            }
        });
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() throws IOException {
        listening.close();
        cut();
    }
}
