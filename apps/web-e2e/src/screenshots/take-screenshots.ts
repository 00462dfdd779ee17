import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { looks } from './looks.ts';
import { scenes } from './scenes.ts';
import { startStudio } from './start-studio.ts';

interface Wanted {
  folder: string;
  /** Beginnings of the names of scenes and looks; none means all of them. */
  names: readonly string[];
  onTaken: (file: string) => void;
}

/** Takes a picture of every scene in every look. Answers how many. */
export async function takeScreenshots({ folder, names, onTaken }: Wanted): Promise<number> {
  const wantedScenes = scenes.filter(isWanted(names, scenes.map(nameOf)));
  const wantedLooks = looks.filter(isWanted(names, looks.map(nameOf)));
  await mkdir(folder, { recursive: true });
  const studio = await startStudio();
  try {
    for (const scene of wantedScenes) {
      for (const look of wantedLooks) {
        const file = join(folder, `${scene.name}.${look.name}.png`);
        const { page } = await studio.show(scene, look.options);
        await page.screenshot({ path: file });
        await studio.web.closePages();
        onTaken(file);
      }
    }
    return wantedScenes.length * wantedLooks.length;
  } finally {
    await studio.web.stop();
  }
}

/** Whether a name is asked for, where any of its kind is; otherwise all of the kind are. */
function isWanted(beginnings: readonly string[], all: readonly string[]) {
  const asked = beginnings.filter((beginning) => all.some((name) => name.startsWith(beginning)));
  return ({ name }: { name: string }) => asked.length === 0 || asked.some((beginning) => name.startsWith(beginning));
}

function nameOf({ name }: { name: string }): string {
  return name;
}
