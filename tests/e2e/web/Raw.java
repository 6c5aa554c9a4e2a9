package e2e.web;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;

/** HTTP by hand, for what no honest client would send. */
final class Raw {
    private static final int MILLIS = 20_000;

    private Raw() {
    }

    /** @param request the head's lines, without those that every request needs anyway. @return the answer, as far as it came */
    static String ask(int port, String request, String body) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(MILLIS);
            socket.getOutputStream().write((request + "\r\nConnection: close\r\n" + (body.isEmpty() || request.contains("Transfer-Encoding") ? "" : "Content-Length: " + body.length() + "\r\n")
                    + "\r\n" + body).getBytes(StandardCharsets.ISO_8859_1));
            ByteArrayOutputStream answer = new ByteArrayOutputStream();
            try {
                socket.getInputStream().transferTo(answer);
            } catch (SocketTimeoutException e) {
                // as much as there is
            }
            return answer.toString(StandardCharsets.UTF_8);
        }
    }

    static int status(String answer) {
        return answer.startsWith("HTTP/1.1 ") ? Integer.parseInt(answer.substring(9, 12)) : -1;
    }
}
