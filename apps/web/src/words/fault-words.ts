import type { FileFault } from '../create/check-file.ts';
import type { Fault } from '../create/check-values.ts';
import type { Words } from './words.ts';

/** Says what is wrong with a value or a file. */
export function sayFault(fault: Fault | FileFault, { create: { faults: say } }: Words): string {
  switch (fault.code) {
    case 'too_long':
      return say.too_long(fault.most, fault.length);
    case 'too_short':
      return say.too_short(fault.fewest);
    case 'pattern':
      return fault.suggestions.length > 0 ? say.patternWith(fault.suggestions) : say.pattern;
    case 'too_small':
      return say.too_small(fault.min);
    case 'too_large':
      return say.too_large(fault.max);
    case 'not_a_choice':
      return say.not_a_choice(fault.options);
    case 'too_few':
      return say.too_few(fault.fewest);
    case 'too_many':
      return say.too_many(fault.most);
    case 'extra_cells':
      return say.extra_cells(fault.count);
    case 'file_type':
      return say.file_type(fault.allowed);
    case 'file_too_large':
      return say.file_too_large(fault.bytes, fault.maxBytes);
    case 'file_pixels':
      return say.file_pixels(fault.width, fault.height, fault.maxPixels);
    case 'file_side':
      return say.file_side(fault);
    case 'file_ratio':
      return say.file_ratio(fault.width, fault.height);
    case 'refused':
    case 'upload_refused':
      return fault.message;
    default:
      return say[fault.code];
  }
}
