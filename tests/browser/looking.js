// What Chromium can tell of a page beyond axe; each function gives lines that name element and fault.
(() => {
    const SENTENCE = /[^\s][\s\S]*\s[\s\S]*[^\s]/;
    const shown = one => one.checkVisibility({visibilityProperty: true, opacityProperty: true})
        && one.getClientRects().length > 0;
    const name = one => {
        const own = one.id ? "#" + one.id : one.classList.length ? "." + [...one.classList].join(".") : "";
        const text = (one.textContent || one.getAttribute("name") || "").trim().replace(/\s+/g, " ").slice(0, 40);
        return `${one.localName}${own} "${text}"`;
    };
    const all = (picked, within = document) => [...within.querySelectorAll(picked)];

    // Colours
    const canvas = new OffscreenCanvas(1, 1).getContext("2d", {willReadFrequently: true});
    const rgba = colour => {
        canvas.clearRect(0, 0, 1, 1);
        canvas.fillStyle = colour;
        canvas.fillRect(0, 0, 1, 1);
        return [...canvas.getImageData(0, 0, 1, 1).data];
    };
    const light = colour => {
        const [r, g, b] = rgba(colour).slice(0, 3)
            .map(part => part / 255).map(part => part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4);
        return 0.2126 * r + 0.7152 * g + 0.0722 * b;
    };
    const contrast = (one, other) => {
        const [low, high] = [light(one), light(other)].sort((a, b) => a - b);
        return (high + 0.05) / (low + 0.05);
    };
    const ground = one => {
        for (let at = one; at; at = at.parentElement) {
            const colour = getComputedStyle(at).backgroundColor;
            if (rgba(colour)[3] === 255) return colour;
        }
        return "Canvas";
    };

    // Targets: 24 px each way, but for a link in a sentence (WCAG 2.5.8); 48 px for the call.
    const CONTROLS = "a[href], button, summary, select, textarea, input:not([type=hidden])";
    const inSentence = one => {
        if (one.localName !== "a" || getComputedStyle(one).display !== "inline") return false;
        const around = one.closest("p, li, dd, td, th, figcaption, caption, blockquote, div");
        return around && around.textContent.trim().length > one.textContent.trim().length + 3
            && SENTENCE.test(around.textContent);
    };
    const targets = () => all(CONTROLS).filter(shown).filter(one => !inSentence(one)).flatMap(one => {
        const box = one.getBoundingClientRect();
        const least = one.matches("a[href='tel:112']") ? 48 : 24;
        const isOffside = box.right <= 0;  // the way past the menu, until it has the focus
        return isOffside || (box.width >= 23.99 && box.height >= least - 0.01) ? []
            : [`${name(one)} is ${box.width.toFixed(0)} by ${box.height.toFixed(0)} px, at least ${least} wanted`];
    });

    // Text: none cut off, none over other text, nothing beyond the window.
    const lines = () => {
        const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
        const found = [];
        while (walker.nextNode()) {
            const node = walker.currentNode;
            const around = node.parentElement;
            if (!node.data.trim() || around.closest("svg, option, script, style") || !shown(around)) continue;
            const range = document.createRange();
            range.selectNodeContents(node);
            for (const box of range.getClientRects()) {
                if (box.width > 1 && box.height > 1 && !isHidden(around)) found.push({around, box});
            }
        }
        return found;
    };
    const isHidden = one => {  // for the ear alone: clipped to nothing on purpose
        for (let at = one; at; at = at.parentElement) {
            const style = getComputedStyle(at);
            if (style.clipPath === "inset(50%)" || at.getBoundingClientRect().right <= 0) return true;
        }
        return false;
    };
    const cutBy = one => {
        for (let at = one; at && at !== document.body; at = at.parentElement) {
            if (getComputedStyle(at).overflowX !== "visible" || getComputedStyle(at).overflowY !== "visible") return at;
        }
        return null;
    };
    const cut = ({around, box}) => {
        const by = cutBy(around);
        if (!by) return box.right > innerWidth + 1 ? [`${name(around)} goes beyond the window`] : [];
        const edge = by.getBoundingClientRect();
        const style = getComputedStyle(by);
        const scrolls = side => ["auto", "scroll"].includes(side);
        const isWide = !scrolls(style.overflowX) && (box.right > edge.right + 2 || box.left < edge.left - 2);
        const isHigh = !scrolls(style.overflowY) && (box.bottom > edge.bottom + 3 || box.top < edge.top - 3);
        return isWide || isHigh ? [`${name(around)} is cut off by ${name(by)}`] : [];
    };
    const over = found => {
        // The bar lies over the page on purpose, but not over itself.
        const isIn = ({around}) => Boolean(around.closest(".p-bar"));
        const sorted = found.filter(({around}) => !around.closest(".p-skip"))
            .toSorted((a, b) => a.box.top - b.box.top);
        return sorted.flatMap((one, at) => {
            const faults = [];
            for (let next = at + 1; next < sorted.length && sorted[next].box.top < one.box.bottom; next++) {
                const other = sorted[next];
                const wide = Math.min(one.box.right, other.box.right) - Math.max(one.box.left, other.box.left);
                const high = Math.min(one.box.bottom, other.box.bottom) - other.box.top;
                if (isIn(one) === isIn(other) && wide > 2 && high > 0.4 * Math.min(one.box.height, other.box.height)) {
                    faults.push(`${name(one.around)} lies over ${name(other.around)}`);
                }
            }
            return faults;
        });
    };
    const texts = () => {
        scrollTo(0, 0);  // what stays in sight while one scrolls lies over text that can be scrolled out from under it
        const found = lines();
        const root = document.documentElement;
        const wide = root.scrollWidth > root.clientWidth ? [`the page is ${root.scrollWidth} px wide`] : [];
        return [...new Set([...wide, ...found.flatMap(cut), ...over(found)])];
    };
    const enlarge = () => {  // as a browser that enlarges text alone, whatever unit it was set in
        const sizes = all("body, body *").filter(one => !one.closest("svg"))
            .map(one => [one, parseFloat(getComputedStyle(one).fontSize)]);
        for (const [one, size] of sizes) one.style.setProperty("font-size", `${2 * size}px`, "important");
    };

    // Focus: seen, in contrast to what is around it, and under nothing.
    const ringOf = one => {
        const style = getComputedStyle(one);
        const isInside = parseFloat(style.outlineOffset) < 0;
        return {style, around: ground(isInside ? one : one.parentElement)};
    };
    const ring = one => {
        const {style, around} = ringOf(one);
        if (style.outlineStyle === "none" || parseFloat(style.outlineWidth) < 2) return ["shows no focus"];
        const found = contrast(style.outlineColor, around);
        return found >= 3 ? [] : [`has a focus with a contrast of ${found.toFixed(1)}`];
    };
    const covered = one => {
        const box = [...one.getClientRects()].find(box => box.width > 1);
        if (!box) return ["has the focus but no place"];
        const [top, bottom] = [Math.max(box.top, 0), Math.min(box.bottom, innerHeight)];
        if (bottom - top < Math.min(box.height, 20)) return ["has the focus outside of the window"];
        const x = Math.min(Math.max(box.left + box.width / 2, 0), innerWidth - 1);
        const ends = box.height > innerHeight / 2 ? [(top + bottom) / 2] : [top + 3, (top + bottom) / 2, bottom - 3];
        const above = ends.map(y => document.elementFromPoint(x, y))
            .find(seen => seen && !one.contains(seen) && !seen.contains(one) && seen.closest("label")?.control !== one);
        return above ? [`has the focus under ${name(above)}`] : [];
    };
    const stops = () => all(`${CONTROLS}, [tabindex]`)
        .filter(one => one.tabIndex >= 0 && !one.disabled && shown(one))
        .filter(one => one.type !== "radio" || one === groupOf(one));
    const groupOf = one => {  // the Tab key stops once in a group of radio buttons
        const group = all(`input[type=radio][name="${one.name}"]`);
        return group.find(radio => radio.checked) || group[0];
    };
    // Notes every stop of a walk once the key is up again: the page has moved by then.
    const walk = {stops: [], places: [], faults: []};
    const follow = end => {
        if (!walk.stops.length) addEventListener("keyup", note);
        Object.assign(walk, {stops: stops(), places: [], faults: []});
        const start = document.createElement("i");  // where the browser begins to look for the next stop
        start.tabIndex = -1;
        end ? document.body.append(start) : document.body.prepend(start);
        start.focus();
        start.remove();
        return walk.stops.map(one => [name(one), ["date", "time"].includes(one.type) ? 5 : 1]);
    };
    const note = () => {
        const one = document.activeElement;
        if (one === document.body) return;
        const at = walk.stops.indexOf(one.type === "radio" ? groupOf(one) : one);
        if (at >= 0 && at === walk.places.at(-1)) return;  // a date has several stops in itself
        walk.places.push(at);
        const unknown = at < 0 ? ["takes the focus though it is no control"] : [];
        walk.faults.push(...[...ring(one), ...covered(one), ...unknown].map(fault => `${name(one)} ${fault}`));
    };
    const walked = () => ({places: walk.places, faults: walk.faults});

    // Motion: none for whoever asked for none.
    const moving = () => all("*").flatMap(one => [null, "::before", "::after"].flatMap(part => {
        const style = getComputedStyle(one, part);
        const lasts = `${style.transitionDuration}, ${style.animationName === "none" ? "0s" : style.animationDuration}`;
        return lasts.split(", ").every(time => parseFloat(time) === 0) ? [] : [`${name(one)} moves for ${lasts}`];
    }));

    // Forced colours: whatever tells something is drawn in a colour that differs from the ground.
    const seen = (colour, around) => rgba(colour)[3] > 0 && contrast(colour, around) >= 3;
    const FRAMED = ".p-tag, .p-card, .p-button, .p-call, .p-menu summary, .p-danger, .p-problem, .p-dont, "
        + ".p-field input:not([type=radio], [type=checkbox]), .p-field select, .p-field textarea, "
        + ".p-cards a, .p-list a, .p-fold, .p-seat, .p-code";
    const frames = () => all(FRAMED).filter(shown).flatMap(one => {
        const style = getComputedStyle(one);
        const has = ["Top", "Right", "Bottom", "Left"].some(side => parseFloat(style[`border${side}Width`]) >= 1
            && !["none", "hidden"].includes(style[`border${side}Style`])
            && seen(style[`border${side}Color`], ground(one.parentElement)));
        return has ? [] : [`${name(one)} has no frame in forced colours`];
    });
    const shapes = () => all("svg").filter(shown).flatMap(drawing => {
        const around = ground(drawing.parentElement);
        const drawn = all("path, circle, rect, line, polygon, polyline, ellipse, text", drawing)
            .filter(one => !one.closest("defs, clipPath, mask") && shown(one));
        const isSeen = one => ["fill", "stroke"].some(way => {
            const colour = getComputedStyle(one)[way];
            return colour !== "none" && !colour.startsWith("url") && seen(colour, around);
        });
        const lost = drawing.getAttribute("role") === "img" ? drawn.filter(one => !isSeen(one) && !isKnockedOut(one))
            : drawn.some(isSeen) || !drawn.length ? [] : [drawing];
        return lost.map(one => `${name(one)} in ${name(drawing)} is not seen in forced colours`);
    });
    // A number inside a filled knot has the colour of the ground, as it should.
    const isKnockedOut = one => one.matches("text.p-lanes__number");
    const contrasts = () => [...frames(), ...shapes()];

    globalThis.look = {targets, texts, enlarge, follow, walked, moving, contrasts};
})();
