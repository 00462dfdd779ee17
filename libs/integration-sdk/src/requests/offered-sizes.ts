/** A size that an operation makes, and how its input says so. */
export interface OfferedSize {
  width: number;
  height: number;
  /** Width divided by height, where rounding to pixels changes it. */
  ratio?: number;
  input: Readonly<Record<string, unknown>>;
  /** The input names a shape and a class; which pixels that is, the model decides. */
  isApproximate?: boolean;
  /** Chosen by a request for exactly this size only: not every model makes it. */
  onlyIfAsked?: boolean;
  /** What else the input must say for this size to be offered. */
  onlyWith?: Readonly<Record<string, unknown>>;
}

interface Shapes {
  ratioField: string;
  ratios: readonly string[];
  classField: string;
  /** Pixels by class. `null`: the class is the provider's default, and not sent. */
  classes: readonly { name: string; pixels: number; isDefault?: boolean }[];
  /** What the pixels of a class are: the side of a square of the same area, or the shorter side. */
  measure: 'square' | 'shorterSide';
  /** Shapes that have exactly the pixels of their class, by the provider's document. */
  exact?: readonly string[];
}

/** The sizes of a provider that takes a shape (`16:9`) and a class (`2K`, `1080p`): each with each. */
export function sizesOfShapes({ ratioField, ratios, classField, classes, measure, exact = [] }: Shapes): OfferedSize[] {
  return ratios.flatMap((name) => {
    const [across = 1, down = 1] = name.split(':').map(Number);
    const ratio = across / down;
    return classes.map(({ name: className, pixels, isDefault }): OfferedSize => {
      const height = measure === 'square' ? pixels / Math.sqrt(ratio) : ratio >= 1 ? pixels : pixels / ratio;
      return {
        width: Math.round(height * ratio),
        height: Math.round(height),
        ratio,
        input: { [ratioField]: name, ...(isDefault !== true && { [classField]: className }) },
        ...(!exact.includes(name) && { isApproximate: true }),
      };
    });
  });
}

/** The sizes of a provider that takes pixels as `1280x720`. */
export function sizesOfPixels(
  field: string,
  sizes: readonly string[],
  facts: Partial<OfferedSize> = {},
): OfferedSize[] {
  return sizes.map((size) => {
    const [width = 0, height = 0] = size.split('x').map(Number);
    return { width, height, input: { [field]: size }, ...facts };
  });
}
