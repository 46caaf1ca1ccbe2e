/** AWS AppConfig: hosted configurations, their deployment, and the data API that clients read them by. */
@NullMarked
package io.greenlane.rehearsal.appconfig;

import org.jspecify.annotations.NullMarked;
