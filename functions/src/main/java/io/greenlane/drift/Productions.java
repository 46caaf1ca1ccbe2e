package io.greenlane.drift;

import io.greenlane.service.ServiceReference;
import java.util.List;

/** Looks at services as they are now. */
public interface Productions {
    /**
     * The service; it may be as it was a moment ago.
     *
     * @throws io.greenlane.service.ServiceNotDeployableException when nothing can be deployed to it as it stands
     */
    Production look(ServiceReference service);

    /** The images of a revision's containers, as its definition names them. */
    List<String> images(String taskDefinition);
}
