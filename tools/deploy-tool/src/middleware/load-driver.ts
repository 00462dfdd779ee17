import { pathToFileURL } from 'node:url';
import type { MiddlewareDriver } from './middleware-driver.ts';

/** The driver that a deploy file names. */
export async function loadDriver(driverPath: string): Promise<MiddlewareDriver> {
  const { driver } = (await import(pathToFileURL(driverPath).href)) as { driver?: MiddlewareDriver };
  if (driver === undefined) throw new Error(`${driverPath} exports no "driver".`);
  return driver;
}
