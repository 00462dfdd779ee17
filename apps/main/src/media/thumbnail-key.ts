/**
 * Where the thumbnail of a file is in object storage: beside it. Whoever deletes a file deletes first the file and then its thumbnail. If thumbnails
 * are to look different one day, they get another name, and the old one is deleted too.
 */
export function thumbnailKey(objectKey: string): string {
  return `${objectKey}.thumbnail.jpg`;
}
