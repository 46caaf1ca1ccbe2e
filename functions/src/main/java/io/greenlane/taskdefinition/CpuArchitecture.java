package io.greenlane.taskdefinition;

/** The processor of a task (ECS API, RuntimePlatform). */
public enum CpuArchitecture {
    X86_64("amd64"), ARM64("arm64");

    private final String ofImages;

    CpuArchitecture(String ofImages) {
        this.ofImages = ofImages;
    }

    /** Its name in images (OCI image specification, after the Go language's GOARCH). */
    public String ofImages() {
        return ofImages;
    }
}
