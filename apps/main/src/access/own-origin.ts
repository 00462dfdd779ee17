/** Whether a header `Origin` names the address under which this API is reached. One that is missing or opaque (`null`) does not. */
export function createOwnOrigin(baseUrl: () => string): (origin: string | undefined) => boolean {
  return (origin) => origin === new URL(baseUrl()).origin;
}

/** Whether a request with this method changes nothing. */
export function isReadingMethod(method: string | undefined): boolean {
  return method === 'GET' || method === 'HEAD';
}
