/** A program that Darkroom runs but does not bring along: where it can be had. */
export interface BinaryDefinition {
  readonly name: string;
  /** The pinned version, without a `v`. */
  readonly version: string;
  /** The environment variable by which a person names a binary of their own. */
  readonly pathVariable: string;
  /** The package that `go install` builds. */
  readonly goPackage: string;
  readonly release: (platform: BinaryPlatform) => ReleaseArchive;
  /** How a binary that is already on PATH tells its version: only the pinned one is taken. */
  readonly versionCheck: { readonly args: readonly string[]; readonly pattern: RegExp };
}

export interface BinaryPlatform {
  readonly system: NodeJS.Platform;
  readonly architecture: string;
}

export interface ReleaseArchive {
  /** A `.tar.gz` that holds the program, under the definition's name, at its top or in one folder. */
  readonly archiveUrl: string;
  /** A file with lines of `<sha256>  <archive name>`. */
  readonly checksumsUrl: string;
}
