/** Declares a group of settings; every variable is declared here once, for reading, checking and documentation. */
export function defineSettings(title, settings) {
    return { title, settings };
}
//# sourceMappingURL=settings-group.js.map