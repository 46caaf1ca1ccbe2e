package io.greenlane.rehearsal.template;

import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.tngtech.archunit.ArchConfiguration;
import com.tngtech.archunit.core.domain.AccessTarget.CodeUnitAccessTarget;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaConstructor;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import io.greenlane.lambda.PlanRelease;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * The AWS operations that a function can call, by following its byte code from the entry class: calls of classes, and calls of
 * interfaces as calls of every implementation that is made on the way.
 */
public final class CallsOfFunctions {
    private static final String SDK = "software.amazon.awssdk.services.";
    private static final Set<String> NO_OPERATIONS = Set.of("builder", "create", "close", "serviceName");
    private static final Map<String, String> IAM_PREFIX = Map.of("sfn", "states", "eventbridge", "events",
            "elasticloadbalancingv2",
            "elasticloadbalancing", "appconfigdata", "appconfig");

    /** Operations that are no actions of their own, and what AWS checks instead (ECR API). */
    private static final Map<String, String> UNDER_ANOTHER_NAME = Map.of("ecr:ListImageReferrers", "ecr:BatchGetImage");

    private final JavaClasses classes = ArchConfiguration.withThreadLocalScope(configuration -> {
        // The SDK's own classes are only told by their names.
        configuration.setResolveMissingDependenciesFromClassPath(false);
        return new ClassFileImporter()
                .importUrl(PlanRelease.class.getProtectionDomain().getCodeSource().getLocation());
    });

    /** Entry classes of all functions, by their names. */
    public Set<String> functions() {
        return classes.stream().filter(each -> each.getPackageName().equals(PlanRelease.class.getPackageName())
                && !each.getModifiers().contains(JavaModifier.ABSTRACT)
                && each.isAssignableTo(RequestHandler.class.getName())).map(JavaClass::getName)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** IAM actions such as {@code ecs:DescribeServices}. */
    public Set<String> of(String entryClass) {
        return new Walk().from(classes.get(entryClass));
    }

    /** The classes of the same package that the entry class, or what it reaches, uses and whose name ends so. */
    Set<String> reachedClasses(String entryClass, String suffix) {
        Walk walk = new Walk();
        walk.from(classes.get(entryClass));
        Set<String> names = new TreeSet<>();
        walk.reached.stream().map(unit -> unit.getOwner().getName()).filter(name -> name.endsWith(suffix))
                .forEach(names::add);
        return names;
    }

    private final class Walk {
        private final Set<JavaCodeUnit> reached = new LinkedHashSet<>();
        private final Deque<JavaCodeUnit> open = new ArrayDeque<>();
        private final Set<JavaClass> made = new LinkedHashSet<>();
        private final Set<CodeUnitAccessTarget> abstractCalls = new LinkedHashSet<>();
        private final Set<String> actions = new TreeSet<>();

        Set<String> from(JavaClass entry) {
            entry.getConstructors().stream().filter(constructor -> constructor.getRawParameterTypes().isEmpty())
                    .forEach(this::reach);
            entry.getMethods().stream().filter(method -> method.getName().equals("handleRequest")).forEach(this::reach);
            while (!open.isEmpty()) {
                JavaCodeUnit unit = open.remove();
                unit.getCallsFromSelf().forEach(call -> follow(call.getTarget()));
                unit.getMethodReferencesFromSelf().forEach(reference -> follow(reference.getTarget()));
                unit.getConstructorReferencesFromSelf().forEach(reference -> follow(reference.getTarget()));
            }
            return actions;
        }

        private void follow(CodeUnitAccessTarget target) {
            JavaClass owner = target.getOwner();
            if (owner.getName().startsWith(SDK) && owner.getSimpleName().endsWith("Client")) {
                called(owner, target.getName());
            } else if (classes.contain(owner.getName())) {
                target.resolveMember().ifPresent(member -> reach((JavaCodeUnit) member));
                if (abstractCalls.add(target)) {
                    Set.copyOf(made).forEach(each -> implemented(each, target));
                }
            }
        }

        private void reach(JavaCodeUnit unit) {
            if (!reached.add(unit)) {
                return;
            }
            open.add(unit);
            unit.getOwner().getStaticInitializer().ifPresent(this::reach);
            if (unit instanceof JavaConstructor && made.add(unit.getOwner())) {
                Set.copyOf(abstractCalls).forEach(call -> implemented(unit.getOwner(), call));
            }
        }

        /** What a call comes to when the object is of that class. */
        private void implemented(JavaClass type, CodeUnitAccessTarget call) {
            if (!type.isAssignableTo(call.getOwner().getName())) {
                return;
            }
            for (JavaMethod method : type.getAllMethods()) {
                if (method.getName().equals(call.getName())
                        && method.getRawParameterTypes().equals(call.getRawParameterTypes())) {
                    reach(method);
                }
            }
        }

        private void called(JavaClass client, String method) {
            if (NO_OPERATIONS.contains(method)) {
                return;
            }
            String service = client.getPackageName().substring(SDK.length());
            String operation = method.replaceAll("(Paginator|AsBytes)$", "");
            String action = IAM_PREFIX.getOrDefault(service, service) + ":"
                    + Character.toUpperCase(operation.charAt(0)) + operation.substring(1);
            actions.add(UNDER_ANOTHER_NAME.getOrDefault(action, action));
        }
    }
}
