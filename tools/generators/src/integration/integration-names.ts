/** One name in the ways in which code, settings and people write it. */
export interface IntegrationNames {
  /** `acme-video` */
  name: string;
  /** `acmeVideo` */
  camelName: string;
  /** `AcmeVideo` */
  pascalName: string;
  /** `ACME_VIDEO` */
  variablePrefix: string;
  /** `Acme video` */
  title: string;
}

const kebabCase = /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/;

/** Fails with a sentence that says how a name must look. */
export function integrationNames(name: string): IntegrationNames {
  if (!kebabCase.test(name)) {
    throw new Error(`"${name}" is no name in kebab case. Use small letters, digits and single dashes: acme-video.`);
  }
  const words = name.split('-');
  const pascalName = words.map(capitalised).join('');
  return {
    name,
    camelName: pascalName.charAt(0).toLowerCase() + pascalName.slice(1),
    pascalName,
    variablePrefix: words.join('_').toUpperCase(),
    title: capitalised(words.join(' ')),
  };
}

function capitalised(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}
