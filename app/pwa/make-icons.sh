#!/bin/sh
# Draws the PNG icons from the SVG ones; needs Chromium. Run it here after changing a drawing.
set -eu
draw() { # drawing size output
    page=$(mktemp --suffix=.html)
    printf '<!doctype html><style>*{margin:0}body{background:transparent}img{display:block;width:%spx}</style><img src="file://%s/%s">' \
        "$2" "$PWD" "$1" > "$page"
    chromium --headless --no-sandbox --disable-gpu --hide-scrollbars --force-device-scale-factor=1 \
        --default-background-color=00000000 --window-size="$2,$2" --screenshot="$PWD/$3" "file://$page" 2> /dev/null
    rm "$page"
}
draw icons/tessera.svg 192 icons/tessera-192.png
draw icons/tessera.svg 512 icons/tessera-512.png
draw tessera-maskable.svg 512 icons/tessera-maskable-512.png
