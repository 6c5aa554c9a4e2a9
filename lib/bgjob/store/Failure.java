package bgjob.store;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;

/** Why an operation on a file failed, in the system's words and nothing else. */
final class Failure {
    private Failure() {
    }

    static String reason(IOException e) {
        if (e instanceof AccessDeniedException) {
            return "permission denied";
        }
        if (e instanceof NoSuchFileException) {
            return "no such file or directory";
        }
        if (e instanceof NotDirectoryException) {
            return "not a directory";
        }
        if (e instanceof FileAlreadyExistsException) {
            return "file exists";
        }
        String text = e instanceof FileSystemException f && f.getReason() != null ? f.getReason() : e.getMessage();
        if (text == null) {
            return e.getClass().getSimpleName();
        }
        // java.io says "PATH (Reason)"
        int open = text.endsWith(")") ? text.lastIndexOf(" (") : -1;
        String reason = open < 0 ? text : text.substring(open + 2, text.length() - 1);
        return reason.isEmpty() ? text : Character.toLowerCase(reason.charAt(0)) + reason.substring(1);
    }
}
