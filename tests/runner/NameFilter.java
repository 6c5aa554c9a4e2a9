package runner;

import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.util.List;
import org.junit.platform.engine.FilterResult;
import org.junit.platform.engine.TestDescriptor;
import org.junit.platform.engine.TestSource;
import org.junit.platform.engine.support.descriptor.ClassSource;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.launcher.PostDiscoveryFilter;

/** Keeps the tests whose class or method has one of the names: a part of it, or a glob for the whole. */
public class NameFilter implements PostDiscoveryFilter {

    private final List<String> names;

    public NameFilter(List<String> names) {
        this.names = names;
    }

    @Override
    public FilterResult apply(TestDescriptor test) {
        TestSource source = test.getSource().orElse(null);
        boolean named = names.isEmpty()
                || source instanceof MethodSource method && (matches(method.getClassName()) || matches(method.getMethodName()))
                || source instanceof ClassSource type && matches(type.getClassName());
        return FilterResult.includedIf(named);
    }

    private boolean matches(String name) {
        return names.stream().anyMatch(wanted -> name.contains(wanted) || isGlob(wanted) && globMatches(wanted, name));
    }

    private static boolean isGlob(String wanted) {
        return wanted.contains("*") || wanted.contains("?");
    }

    private static boolean globMatches(String glob, String name) {
        String simpleName = name.substring(name.lastIndexOf('.') + 1);
        return FileSystems.getDefault().getPathMatcher("glob:" + glob).matches(Path.of(simpleName));
    }
}
