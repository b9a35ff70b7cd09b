package liquibase.ext.backfill;

import liquibase.Scope;
import liquibase.ui.LoggerUIService;
import liquibase.ui.UIService;

/** An error that stops nothing, so that it has to be heard by itself. */
final class ErrorMessage {
    private ErrorMessage() {}

    /** In the log, and where somebody sits who may not see the log; what a service shows a user is its log. */
    static void send(String text, Exception failure) {
        Scope.getCurrentScope().getLog(ErrorMessage.class).severe(text, failure);
        UIService ui = Scope.getCurrentScope().getUI();
        if (!(ui instanceof LoggerUIService)) {
            ui.sendErrorMessage(text);
        }
    }
}
