package io.greenlane.rehearsal.show;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.greenlane.sample.Behaviour;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Base64;

/** The repository and the image in it that must be there before the stack is created. */
final class FirstImage {
    private FirstImage() {}

    /**
     * Creates the repository, pushes the first version and returns the login for the next pushes.
     *
     * @param cache a folder for the layers of built images
     */
    static RegistryLogin push(Cloud cloud, Path cache) throws IOException, InterruptedException {
        String token = cloud.timeline().call(() -> {
            cloud.ecr().createRepository(request -> request.repositoryName(Cloud.REPOSITORY));
            return cloud.ecr().getAuthorizationToken().authorizationData().getFirst().authorizationToken();
        });
        String[] pair = new String(Base64.getDecoder().decode(token), UTF_8).split(":", 2);
        RegistryLogin login = new RegistryLogin(cloud.registryAddress(), pair[0], pair[1]);
        new SampleImage(Act.FIRST, Behaviour.GOOD).push(login, Cloud.REPOSITORY, Act.FIRST, cache);
        return login;
    }
}
