import { z } from 'zod';
/** `true`, `false`, `1` or `0`, in any case. */
export declare const booleanFromText: z.ZodPipe<z.ZodPipe<z.ZodPipe<z.ZodString, z.ZodTransform<string, string>>, z.ZodEnum<{
    1: "1";
    0: "0";
    true: "true";
    false: "false";
}>>, z.ZodTransform<boolean, "1" | "0" | "true" | "false">>;
/** A whole number between two bounds, both included. */
export declare function integerFromText({ minimum, maximum }: {
    minimum: number;
    maximum: number;
}): z.ZodPipe<z.ZodPipe<z.ZodString, z.ZodTransform<number, string>>, z.ZodInt>;
/** A TCP port; 0 asks the system for a free one. */
export declare const portFromText: z.ZodPipe<z.ZodPipe<z.ZodString, z.ZodTransform<number, string>>, z.ZodInt>;
/** Texts separated by commas; blanks around them and empty ones are dropped. */
export declare const listFromText: z.ZodPipe<z.ZodString, z.ZodTransform<string[], string>>;
/** An absolute URL with one of the protocols (`https:`), kept as it was written but without a slash at its end. */
export declare function urlFromText({ protocols }?: {
    protocols?: readonly string[];
}): z.ZodPipe<z.ZodString, z.ZodTransform<string, string>>;
//# sourceMappingURL=from-text.schema.d.ts.map