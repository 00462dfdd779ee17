const keptIn = new Map(
  Object.entries({
    file: ['ftyp', 'styp', 'moov', 'mdat', 'moof', 'mfra', 'sidx', 'ssix'],
    moov: ['mvhd', 'trak', 'mvex'],
    trak: ['tkhd', 'mdia', 'edts', 'tref', 'tapt'],
    edts: ['elst'],
    tref: ['auxl', 'chap', 'fall', 'folw', 'sbas', 'scal', 'sync', 'vdep'],
    // The sizes in which QuickTime shows a film.
    tapt: ['clef', 'prof', 'enof'],
    mdia: ['mdhd', 'hdlr', 'minf', 'elng'],
    minf: ['vmhd', 'smhd', 'hdlr', 'dinf', 'stbl'],
    dinf: ['dref'],
    stbl: [
      ...['stsd', 'stts', 'ctts', 'cslg', 'stsc', 'stsz', 'stz2', 'stco', 'co64', 'stss', 'stps', 'stsh'],
      ...['sdtp', 'stdp', 'padb', 'sgpd', 'sbgp', 'subs'],
    ],
    mvex: ['mehd', 'trex'],
    moof: ['mfhd', 'traf'],
    traf: ['tfhd', 'tfdt', 'trun', 'sdtp', 'sgpd', 'sbgp', 'subs'],
    mfra: ['tfra', 'mfro'],
  }).map(([container, types]) => [container, new Set(types)]),
);

/**
 * The boxes that play a film, by the box that they are in (ISO/IEC 14496-12, Apple's QuickTime File Format); `file` is the file itself.
 * Undefined for a box that holds no others.
 */
export function keptBoxesIn(container: string): ReadonlySet<string> | undefined {
  return keptIn.get(container);
}
