package bgjob.house;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInstance;

/** A copy of the checkout, built, in which what ./bgjob does can be tried. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class LaunchCase {
    Path scratch;
    CheckoutCopy checkout;

    @BeforeAll
    void copy_the_checkout() throws IOException {
        scratch = Files.createTempDirectory("bgjob-launcher").toRealPath();
        checkout = new CheckoutCopy(scratch);
    }

    @AfterAll
    void remove_the_copy() throws IOException {
        CheckoutCopy.remove(scratch);
    }

    @BeforeEach
    void have_a_build() {
        checkout.writeWord("first");
        checkout.bgjob("word").succeeded().said("first");
    }
}
