package io.greenlane.preflight;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The chain of one service.
 *
 * @param service as operators name it
 */
public record Chain(String service, List<Part> parts) {
    public Chain {
        parts = List.copyOf(parts);
    }

    /** Links that do one thing together. */
    public record Part(String name, List<Link> links) {
        public Part {
            links = List.copyOf(links);
        }
    }

    /** Whether a release can go all the way. */
    public boolean ready() {
        return parts.stream().flatMap(part -> part.links().stream()).allMatch(Link::bears);
    }

    /** The tree, a line for each link. */
    public List<String> lines() {
        List<String> lines = new ArrayList<>();
        lines.add(service + (ready() ? " is ready for releases" : " is not ready for releases"));
        for (int i = 0; i < parts.size(); i++) {
            boolean lastPart = i == parts.size() - 1;
            List<Link> links = parts.get(i).links();
            lines.add((lastPart ? "└─ " : "├─ ") + parts.get(i).name());
            for (int j = 0; j < links.size(); j++) {
                lines.add((lastPart ? "   " : "│  ") + (j == links.size() - 1 ? "└─ " : "├─ ") + links.get(j).line());
            }
        }
        return lines;
    }

    /** The same for machines. */
    public Map<String, Object> members() {
        return Map.of("service", service, "ready", ready(), "parts",
                parts.stream().map(part -> Map.of("name", part.name(), "links",
                        part.links().stream().map(Link::members).toList())).toList());
    }
}
