package io.greenlane.rehearsal.show;

/**
 * Where and as whom images are pushed.
 *
 * @param address host and port of the registry
 * @param user AWS
 * @param password as {@code aws ecr get-login-password} prints it
 */
public record RegistryLogin(String address, String user, String password) {
    @Override
    public String toString() {
        return user + "@" + address;
    }
}
