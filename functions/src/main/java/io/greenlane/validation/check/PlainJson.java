package io.greenlane.validation.check;

import com.jayway.jsonpath.Configuration;
import com.jayway.jsonpath.TypeRef;
import com.jayway.jsonpath.spi.json.AbstractJsonProvider;
import com.jayway.jsonpath.spi.mapper.MappingProvider;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;

/** How JSONPaths see JSON: as maps and lists that were parsed before. */
public final class PlainJson extends AbstractJsonProvider {
    /** For whoever follows a path. */
    public static final Configuration CONFIGURATION = Configuration.builder().jsonProvider(new PlainJson())
            .mappingProvider(new Unmapped()).build();

    private PlainJson() {}

    @Override
    public Object parse(String json) {
        throw new UnsupportedOperationException("Bodies are parsed before");
    }

    @Override
    public Object parse(InputStream json, String charset) {
        throw new UnsupportedOperationException("Bodies are parsed before");
    }

    @Override
    public String toJson(Object value) {
        return JsonBody.text(value);
    }

    @Override
    public Object createArray() {
        return new ArrayList<>();
    }

    @Override
    public Object createMap() {
        return new LinkedHashMap<>();
    }

    /** Values are taken as they are. */
    private static final class Unmapped implements MappingProvider {
        @Override
        public <T> T map(Object source, Class<T> type, Configuration configuration) {
            throw new UnsupportedOperationException("Values are taken as they are");
        }

        @Override
        public <T> T map(Object source, TypeRef<T> type, Configuration configuration) {
            throw new UnsupportedOperationException("Values are taken as they are");
        }
    }
}
