import sharp from 'sharp';

/** The pixels and the format of an image in base64. */
export const sizeOf = async (base64: string | undefined) => {
  const { width, height, format } = await sharp(Buffer.from(base64 ?? '', 'base64')).metadata();
  return { width, height, format };
};

/** The colour of the top left pixel of an image in base64. */
export const cornerOf = async (base64: string | undefined) => {
  const corner = { left: 0, top: 0, width: 1, height: 1 };
  return [
    ...(await sharp(Buffer.from(base64 ?? '', 'base64'))
      .extract(corner)
      .raw()
      .toBuffer()),
  ];
};
