/** Environment variables as Node gives them. */
export type Environment = Readonly<Record<string, string | undefined>>;
/** The environment, completed by the `.env` file of a directory where there is one; what the environment already holds wins. */
export declare function readDotEnv(directory: string, environment: Environment): Environment;
//# sourceMappingURL=dot-env.d.ts.map