import sharp, { type OverlayOptions } from 'sharp';
import { fitText } from './fit-text.ts';
import type { Lettering } from './lettering.ts';
import { paletteOf, type Palette } from './palette.ts';

export type ImageFormat = 'png' | 'jpeg' | 'webp';

/** What to draw. Inputs are images that stay visible under the prompt. */
export interface Picture {
  readonly prompt: string;
  readonly width: number;
  readonly height: number;
  readonly format: ImageFormat;
  readonly inputs: readonly Buffer[];
  /** Tells several images of one prompt apart: only colours and shapes change. */
  readonly variation: number;
  /** A line in the lower right corner. */
  readonly watermark?: string | undefined;
}

const longestShownPrompt = 600;

/** Draws the prompt, word-wrapped, over colours that follow from it, or over the input images. */
export async function drawImage(picture: Picture, lettering: Lettering): Promise<Buffer> {
  const { prompt, width, height, format, inputs, variation } = picture;
  const palette = paletteOf(`${variation}:${prompt}`);
  const background = inputs.length > 0 ? await tiled(picture) : Buffer.from(backgroundSvg(picture, palette));
  const layers: OverlayOptions[] = [{ input: Buffer.from(promptSvg(picture, palette, lettering)) }];
  if (picture.watermark !== undefined) layers.push({ input: Buffer.from(watermarkSvg(picture, lettering)) });
  return sharp(background)
    .resize(width, height, { fit: 'fill' })
    .composite(layers)
    .removeAlpha()
    .toFormat(format)
    .toBuffer();
}

async function tiled({ inputs, width, height }: Picture): Promise<Buffer> {
  const tileWidth = Math.max(1, Math.floor(width / inputs.length));
  const layers = await Promise.all(
    inputs.map(async (input, index) => ({
      input: await sharp(input).rotate().resize(tileWidth, height, { fit: 'cover' }).png().toBuffer(),
      left: index * tileWidth,
      top: 0,
    })),
  );
  return sharp({ create: { width, height, channels: 3, background: '#101010' } })
    .composite(layers)
    .png()
    .toBuffer();
}

function backgroundSvg({ width, height }: Picture, { top, bottom, accent, circles }: Palette): string {
  const scale = Math.min(width, height);
  const shapes = circles
    .map(({ x, y, radius }) => `<circle cx="${x * width}" cy="${y * height}" r="${radius * scale}"/>`)
    .join('');
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">
    <defs><linearGradient id="sky" x1="0" y1="0" x2="0" y2="1">
      <stop offset="0" stop-color="${top}"/><stop offset="1" stop-color="${bottom}"/>
    </linearGradient></defs>
    <rect width="${width}" height="${height}" fill="url(#sky)"/>
    <g fill="${accent}" opacity="0.35">${shapes}</g></svg>`;
}

function promptSvg({ prompt, width, height, inputs }: Picture, { accent }: Palette, lettering: Lettering): string {
  const margin = Math.round(Math.min(width, height) * 0.06);
  const shown = prompt.length > longestShownPrompt ? `${prompt.slice(0, longestShownPrompt)}…` : prompt;
  const box = {
    width: width - 2 * margin,
    height: height * (inputs.length > 0 ? 0.3 : 0.7),
    largestSize: Math.min(width, height) / 10,
    smallestSize: Math.max(8, Math.min(width, height) / 50),
  };
  const text = fitText(shown, box, lettering.widthAtSizeOne);
  const textHeight = text.lines.length * text.lineHeight;
  const top = inputs.length > 0 ? height - margin - textHeight : (height - textHeight) / 2;
  const band = `<rect y="${top - margin / 2}" width="${width}" height="${textHeight + margin}" fill="#000" opacity="0.65"/>`;
  const edge = `<rect y="${top - margin / 2}" width="${width}" height="${Math.max(2, margin / 8)}" fill="${accent}"/>`;
  const letters = `<path fill="#fff" d="${lettering.outlineOf(text, margin, top)}"/>`;
  const body = text.lines.length > 0 ? band + edge + letters : '';
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">${body}</svg>`;
}

function watermarkSvg({ watermark = '', width, height }: Picture, lettering: Lettering): string {
  const fontSize = Math.max(8, Math.min(width, height) / 40);
  const left = width - fontSize * (lettering.widthAtSizeOne(watermark) + 1);
  const text = { lines: [watermark], fontSize, lineHeight: fontSize };
  const letters = `<path fill="#fff" opacity="0.8" d="${lettering.outlineOf(text, left, height - 2 * fontSize)}"/>`;
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">${letters}</svg>`;
}
