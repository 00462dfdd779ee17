import { z } from 'zod';
/** `true`, `false`, `1` or `0`, in any case. */
export const booleanFromText = z
    .string()
    .transform((text) => text.trim().toLowerCase())
    .pipe(z.enum(['true', 'false', '1', '0'], { error: 'expected true, false, 1 or 0' }))
    .transform((text) => text === 'true' || text === '1');
/** A whole number between two bounds, both included. */
export function integerFromText({ minimum, maximum }) {
    const expected = `expected a whole number from ${minimum} to ${maximum}`;
    return z
        .string()
        .regex(/^[+-]?\d+$/, expected)
        .transform(Number)
        .pipe(z.int(expected).min(minimum, expected).max(maximum, expected));
}
/** A TCP port; 0 asks the system for a free one. */
export const portFromText = integerFromText({ minimum: 0, maximum: 65_535 });
/** Texts separated by commas; blanks around them and empty ones are dropped. */
export const listFromText = z.string().transform((text) => text
    .split(',')
    .map((entry) => entry.trim())
    .filter((entry) => entry !== ''));
/** An absolute URL with one of the protocols (`https:`), kept as it was written but without a slash at its end. */
export function urlFromText({ protocols = ['http:', 'https:'] } = {}) {
    const expected = `expected a URL that starts with ${protocols.map((protocol) => `${protocol}//`).join(' or ')}`;
    return z
        .string()
        .refine((text) => URL.canParse(text) && protocols.includes(new URL(text).protocol), expected)
        .transform((text) => text.replace(/\/+$/, ''));
}
//# sourceMappingURL=from-text.schema.js.map