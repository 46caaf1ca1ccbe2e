package io.greenlane.release;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Breaks the n-th call among all collaborators that it watches, before or after the call had its effect. */
public final class Faults {
    private final int breakAt;
    private final boolean afterTheEffect;
    private final List<String> calls = new ArrayList<>();

    private Faults(int breakAt, boolean afterTheEffect) {
        this.breakAt = breakAt;
        this.afterTheEffect = afterTheEffect;
    }

    /** Breaks nothing, only counts. */
    public static Faults none() {
        return new Faults(-1, false);
    }

    /** Breaks one call, counted from 0. */
    public static Faults at(int call, boolean afterTheEffect) {
        return new Faults(call, afterTheEffect);
    }

    /**
     * Runs something again and again: with a fault before each of its calls, then with one after each, and each time at last without.
     *
     * @param run with new collaborators each time
     * @return how many runs it took, before or after, whichever were fewer
     */
    public static int atEachCall(Consumer<Faults> run) {
        return Math.min(atEachCall(false, run), atEachCall(true, run));
    }

    private static int atEachCall(boolean afterTheEffect, Consumer<Faults> run) {
        int call = 0;
        Faults faults;
        do {
            faults = at(call++, afterTheEffect);
            run.accept(faults);
        } while (faults.happened());
        return call;
    }

    /** Names of the calls so far. */
    public List<String> calls() {
        return List.copyOf(calls);
    }

    /** Whether the call came that was to break. */
    public boolean happened() {
        return breakAt >= 0 && calls.size() > breakAt;
    }

    /** The collaborator, watched. */
    public <T> T watch(Class<T> port, T collaborator) {
        return port.cast(Proxy.newProxyInstance(port.getClassLoader(), new Class<?>[]{port}, (proxy, method, args) -> {
            int index = calls.size();
            calls.add(port.getSimpleName() + "." + method.getName());
            if (index == breakAt && !afterTheEffect) {
                throw new Injected(calls.get(index));
            }
            try {
                Object result = method.invoke(collaborator, args);
                if (index == breakAt) {
                    throw new Injected(calls.get(index));
                }
                return result;
            } catch (InvocationTargetException e) {
                throw e.getCause() == null ? e : e.getCause();
            }
        }));
    }

    /** The fault. */
    public static final class Injected extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Injected(String call) {
            super("injected at " + call);
        }
    }
}
