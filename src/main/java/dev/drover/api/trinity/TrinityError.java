package dev.drover.api.trinity;

import dev.drover.api.http.Answer;

/** The envelope of every deliberate refusal (contract, section 2.1). */
record TrinityError(String detail) {
    static Answer answer(int status, String detail) {
        return Answer.json(status, new TrinityError(detail));
    }
}
