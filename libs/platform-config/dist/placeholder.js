const placeholderPatterns = [
    /^<.*>$/,
    /^\[.*\]$/,
    /^\{\{.*\}\}$/,
    /^change[-_ ]?(me|this|it)\b/i,
    /^replace[-_ ]?(me|this|it|with)\b/i,
    /^(insert|enter|put|paste|add)[-_ ](your|the|a|api)\b/i,
    /\byour[-_ ].*(key|token|secret|password|id|url|host|bucket|name|model|here)\b/i,
    /^(todo|tbd|fixme|placeholder|dummy|none|null|undefined)$/i,
    /^(sk-|key-|key_)?(x{3,}|\*{3,}|\.{3,}|…+)$/i,
];
/** Whether a text was left over from an example: `changeme`, `your-api-key`, `<key>`, `xxxx`. */
export function isPlaceholder(text) {
    const spaced = text.trim().replaceAll('_', '-');
    return placeholderPatterns.some((pattern) => pattern.test(spaced));
}
//# sourceMappingURL=placeholder.js.map