package bgjob.support;

import java.lang.annotation.ElementType;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** The test forces a fault; docs/reliability.md has a line for each, written by tests/docs/ReliabilityDoc.java. */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@Repeatable(Fault.List.class)
public @interface Fault {
    /** @return one of the faults that ReliabilityDoc names */
    String value();

    /** @return what is promised then, as a clause without a full stop */
    String promise();

    /** Several of them. */
    @Target(ElementType.METHOD)
    @Retention(RetentionPolicy.RUNTIME)
    @interface List {
        Fault[] value();
    }
}
