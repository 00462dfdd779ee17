import { greeting } from './greeting.ts';

export async function greet(name: string): Promise<string> {
  return `${greeting} ${name}`;
}
