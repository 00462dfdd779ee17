const list = (values: readonly (string | number)[]) => values.join(', ');
const kindsOf = (types: readonly string[]) => types.map((type) => type.replace(/^.*\/(x-)?/, '').toUpperCase());
const megabytes = (bytes: number) =>
  bytes < 1024 * 1024 ? `${Math.round(bytes / 1024)} kB` : `${Number((bytes / 1024 / 1024).toFixed(1))} MB`;

export interface Sides {
  width: number;
  height: number;
  minSide: number;
  maxSide: number | undefined;
}

export const create = {
  title: 'Create',
  making: 'What to make',
  makings: { image: 'Image', edit: 'Edit', video: 'Video' },
  model: 'Made by',
  operation: 'How',
  more: 'More settings',
  moreSet: (count: number) => `${count} set`,
  variations: 'Variations',
  variationsHint: 'How many are made. Each is a call of its own and is paid for.',
  fewer: 'One fewer',
  another: 'One more',
  submit: (count: number) => (count === 1 ? 'Make it' : `Make ${count}`),
  submitHint: 'Ctrl/⌘ + Enter',
  uploading: 'Uploading…',
  clear: 'Start over',
  cleared: 'The form was emptied.',
  noOperation: 'Nothing can be made yet',
  noOperationDetail: 'No integration is enabled. Add one to ENABLED_INTEGRATIONS and restart.',
  noMaking: 'No enabled integration makes this.',
  results: 'Latest',
  seeAll: 'See all',
  empty: 'Your results appear here',
  emptyDetail: 'Describe what you want to see, or begin with one of these:',
  examples: [
    'A lighthouse at dawn, long exposure, soft fog over the rocks',
    'A red fox asleep in fresh snow, seen from above',
    'Isometric model of a tiny ramen shop at night, warm light',
  ],
  promptPlaceholder: 'Describe what you want to see…',
  editPlaceholder: 'Describe what is to change…',
  videoPlaceholder: 'Describe what happens, and what is to be heard…',
  characters: (length: number, most: number) => `${length.toLocaleString('en')} of ${most.toLocaleString('en')}`,
  random: 'At random',
  seedDraw: 'Draw a seed',
  automatic: 'Automatic',
  yes: 'Yes',
  no: 'No',
  files: {
    add: 'Drop, paste or choose',
    addOne: (kind: 'image' | 'video') => `Add ${kind === 'image' ? 'an image' : 'a video'}`,
    dropHere: 'Drop it here',
    hint: (kind: 'image' | 'video', mostBytes: number): string =>
      `${kind === 'image' ? 'PNG, JPEG or WebP' : 'MP4 or QuickTime'}${mostBytes === Infinity ? '' : `, up to ${megabytes(mostBytes)}`}`,
    count: (count: number, most: number) => `${count} of ${most}`,
    leftOut: (count: number, most: number) =>
      `${count === 1 ? 'One file was' : `${count} files were`} left out: there is room for ${most}.`,
    checking: 'Checking…',
    crop: 'Crop',
    mask: 'Paint the mask',
    move: 'Move to the front',
    retry: 'Upload again',
    removeNamed: (name: string) => `Remove ${name}`,
  },
  crop: {
    title: 'Crop the image',
    free: 'Free',
    apply: 'Use this part',
    hint: 'Drag the corners, or move the frame with the arrow keys.',
    failed: 'The image could not be read. Close this, and try again.',
    frame: 'The part that is used: the arrow keys move it',
    handle: {
      north: 'Upper edge: the arrow keys move it',
      east: 'Right edge: the arrow keys move it',
      south: 'Lower edge: the arrow keys move it',
      west: 'Left edge: the arrow keys move it',
      northEast: 'Upper right corner: the arrow keys move it',
      southEast: 'Lower right corner: the arrow keys move it',
      southWest: 'Lower left corner: the arrow keys move it',
      northWest: 'Upper left corner: the arrow keys move it',
    },
  },
  mask: {
    title: 'Paint what may change',
    brush: 'Brush',
    brushSize: 'Brush size',
    erase: 'Erase',
    reset: 'Clear',
    apply: 'Use this mask',
    hint: 'White parts may change, the rest stays.',
  },
  outbox: {
    sending: 'Sending…',
    waiting: 'No connection: sent as soon as it is back.',
    refused: 'Not accepted',
    stopped: 'Not sent. Try again.',
    busy: 'Darkroom is busy: sent again soon.',
    discard: 'Discard',
    discardedMaybeMade: 'Not sent again. It may already have been made: then it is in the gallery.',
  },
  faults: {
    required: 'This is needed.',
    too_long: (most: number, length: number) => `At most ${most} characters; these are ${length}.`,
    too_short: (fewest: number) => `At least ${fewest} characters.`,
    pattern: 'This is not in the form that is expected.',
    patternWith: (known: readonly string[]) => `Use one of ${list(known)}, or the form that is described.`,
    not_a_number: 'This must be a number.',
    not_whole: 'This must be a whole number.',
    too_small: (min: number) => `At least ${min}.`,
    too_large: (max: number) => `At most ${max}.`,
    not_a_choice: (options: readonly (string | number)[]) => `Use one of: ${list(options)}.`,
    not_yes_or_no: 'Use yes or no.',
    too_few: (fewest: number) => `Add at least ${fewest}.`,
    too_many: (most: number) => `At most ${most}: remove some.`,
    not_json: 'This is not valid JSON.',
    unknown_field: 'The operation has no such field.',
    extra_cells: (count: number) =>
      `The line has ${count === 1 ? 'a cell' : `${count} cells`} too many. Put a text with a separator in it into "quotes".`,
    file_type: (allowed: readonly string[]) => `This kind of file is not taken. Use ${list(kindsOf(allowed))}.`,
    file_empty: 'The file is empty.',
    file_too_large: (bytes: number, most: number) => `The file has ${megabytes(bytes)}; at most ${megabytes(most)}.`,
    file_unreadable: 'The file is damaged, or is not what its name says.',
    file_pixels: (width: number, height: number, most: number) =>
      `${width} × ${height} pixels are too many: at most ${Math.round(most / 1_000_000)} megapixels. Scale it down.`,
    file_side: ({ width, height, minSide, maxSide }: Sides) =>
      `It has ${width} × ${height} pixels; each side must have ${minSide}${maxSide === undefined ? ' or more' : ` to ${maxSide}`}.`,
    file_ratio: (width: number, height: number) => `Its shape, ${width} × ${height}, is too long. Crop it.`,
    upload_failed: 'The upload did not get through.',
  },
};
