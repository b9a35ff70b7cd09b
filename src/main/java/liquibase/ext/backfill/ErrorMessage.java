package liquibase.ext.backfill;

import liquibase.Scope;
import liquibase.ui.LoggerUIService;
import liquibase.ui.UIService;

/** An error that stops nothing, so that it has to be heard by itself. */
public final class ErrorMessage {
    private ErrorMessage() {}

    /** In the log, and where somebody sits who may not see the log; what a service shows a user is its log. */
    static void send(String text, Exception failure) {
        Scope.getCurrentScope().getLog(ErrorMessage.class).severe(text, failure);
        show(text);
    }

    /** The same without an exception to it. */
    public static void send(String text) {
        Scope.getCurrentScope().getLog(ErrorMessage.class).severe(text);
        show(text);
    }

    private static void show(String text) {
        UIService ui = Scope.getCurrentScope().getUI();
        if (!(ui instanceof LoggerUIService)) {
            ui.sendErrorMessage(text);
        }
    }
}
