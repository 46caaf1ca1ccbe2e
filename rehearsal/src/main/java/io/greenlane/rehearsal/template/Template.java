package io.greenlane.rehearsal.template;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * The sections of a template as they are written, before anything is evaluated.
 *
 * @param folder where it lies; paths in it are relative to this
 * @param serverless whether the SAM transform applies
 */
record Template(
        String file, Path folder, boolean serverless, Map<String, Object> parameters, Map<String, Object> rules,
        Map<String, Object> mappings, Map<String, Object> conditions, Map<String, Object> globals,
        Map<String, Object> resources, Map<String, Object> outputs) {

    private static final String SERVERLESS = "AWS::Serverless-2016-10-31";
    private static final Set<String> SECTIONS = Set.of("AWSTemplateFormatVersion", "Transform", "Description",
            "Metadata", "Parameters", "Rules", "Mappings", "Conditions", "Globals", "Resources", "Outputs");

    static Template read(Path path) {
        try {
            Path folder = path.toAbsolutePath().getParent();
            return of(Files.readString(path), path.getFileName().toString(), folder == null ? path : folder);
        } catch (IOException missing) {
            throw new UncheckedIOException("The template " + path + " cannot be read", missing);
        }
    }

    static Template of(String text, String file, Path folder) {
        Map<String, Object> sections = TemplateReader.read(text, file);
        for (String section : sections.keySet()) {
            if (!SECTIONS.contains(section)) {
                throw new TemplateException(file + ": there is no section " + section);
            }
        }
        Object transform = sections.get("Transform");
        if (transform != null && !transform.equals(SERVERLESS)) {
            throw new TemplateException(
                    file + ": the only transform known here is " + SERVERLESS + ", got " + transform);
        }
        Map<String, Object> resources = section(sections, "Resources", file);
        if (resources.isEmpty()) {
            throw new TemplateException(file + " has no resources");
        }
        return new Template(file, folder, transform != null, section(sections, "Parameters", file),
                section(sections, "Rules", file), section(sections, "Mappings", file),
                section(sections, "Conditions", file), section(sections, "Globals", file), resources,
                section(sections, "Outputs", file));
    }

    /** The same template with other resources and no globals: what a transform makes of it. */
    Template withResources(Map<String, Object> expanded) {
        return new Template(file, folder, false, parameters, rules, mappings, conditions, Map.of(), expanded, outputs);
    }

    private static Map<String, Object> section(Map<String, Object> sections, String name, String file) {
        return map(sections.getOrDefault(name, Map.of()), file + ", section " + name);
    }

    /** The value as a mapping. */
    static Map<String, Object> map(Object value, String where) {
        if (!(value instanceof Map<?, ?> map)) {
            throw new TemplateException(where + " must be a mapping, got " + value);
        }
        Map<String, Object> copy = new LinkedHashMap<>();
        map.forEach((key, member) -> copy.put(String.valueOf(key), member));
        return copy;
    }
}
