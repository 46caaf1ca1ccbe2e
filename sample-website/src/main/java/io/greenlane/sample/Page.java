package io.greenlane.sample;

/** The page: the version, large, on a colour of its own. */
final class Page {
    private static final int DEGREES = 360;
    /** The golden angle: neighbouring versions get colours that are far apart. */
    private static final int STEP = 137;

    private Page() {}

    static String of(String version) {
        return """
                <!doctype html>
                <html lang="en">
                <head>
                <meta charset="utf-8">
                <meta name="viewport" content="width=device-width, initial-scale=1">
                <title>Sample website %1$s</title>
                <link rel="icon" href="data:,">
                <style>
                  :root { --hue: %2$d; color-scheme: light dark; }
                  * { box-sizing: border-box; }
                  body { margin: 0; min-height: 100vh; display: grid; place-items: center; color: #fff;
                    font: 1.05rem/1.6 system-ui, sans-serif;
                    background: radial-gradient(circle at 25%% 15%%, hsl(var(--hue) 70%% 44%%), hsl(var(--hue) 75%% 14%%)); }
                  main { text-align: center; padding: 2rem; }
                  p { margin: 0; }
                  .over { letter-spacing: .3em; text-transform: uppercase; font-size: .8rem; }
                  h1 { font-size: clamp(4rem, 22vw, 13rem); line-height: 1; margin: .15em 0; font-weight: 800;
                    overflow-wrap: anywhere; text-shadow: 0 .04em .2em rgb(0 0 0 / .35); }
                  nav { margin-top: 1.5rem; display: flex; gap: 1rem; justify-content: center; }
                  a { color: inherit; border: 1px solid rgb(255 255 255 / .55); border-radius: 99px; padding: .25rem 1rem;
                    text-decoration: none; }
                  a:hover, a:focus-visible { background: #fff; color: hsl(var(--hue) 75%% 20%%); }
                </style>
                </head>
                <body>
                <main>
                  <p class="over">Sample website</p>
                  <h1>%1$s</h1>
                  <p>This is the version that serves you now.</p>
                  <nav><a href="/health">Health</a><a href="/version">Version</a></nav>
                </main>
                </body>
                </html>
                """.formatted(escape(version), hue(version));
    }

    private static int hue(String version) {
        int number = 0;
        for (int i = 0; i < version.length(); i++) {
            number = number * 31 + version.charAt(i);
        }
        return Math.floorMod(number * STEP, DEGREES);
    }

    private static String escape(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\"", "&quot;");
    }
}
