package dev.drover.core.model;

import java.util.List;

/** SPI: reaches the models of an account. */
public interface ModelMaker {
    /** The account's model of that name, whether or not there is one: nobody is asked yet. */
    LanguageModel make(ModelAccount account, String model);

    /**
     * What the vendor says that its models are, those for conversations as far as one can tell.
     *
     * @throws ModelFailure when it does not say so within two seconds
     */
    List<ListedModel> list(ModelAccount account) throws ModelFailure, InterruptedException;
}
