import type {
  Delivery,
  IntegrationDefinition,
  OperationDefinition,
  SettingsOf,
} from '../definition/define-integration.ts';
import type { CallHandler } from './call-handler.ts';
import type { PollHandler } from './poll-handler.ts';

type Handled = Pick<IntegrationDefinition, 'settings' | 'operations'>;

/** An integration's settings as its handlers get them. */
export type Settled<Definition extends { settings: IntegrationDefinition['settings'] }> = SettingsOf<
  Definition['settings']
>;

type NamesOf<Definition extends Handled, Kind extends Delivery> = {
  [Name in keyof Definition['operations']]: Definition['operations'][Name]['delivery'] extends Kind ? Name : never;
}[keyof Definition['operations']];

/** One handler for each operation whose delivery is `call`, typed by the operation's own schemas. */
export type CallHandlers<Definition extends Handled> = {
  [Name in NamesOf<Definition, 'call'>]: Definition['operations'][Name] extends OperationDefinition<
    infer Input,
    infer Output
  >
    ? CallHandler<Input, Output, Settled<Definition>>
    : never;
};

/** One handler for each operation whose delivery is `poll` or `callback`, typed by the operation's own schemas. */
export type PollHandlers<Definition extends Handled> = {
  [Name in NamesOf<Definition, 'poll' | 'callback'>]: Definition['operations'][Name] extends OperationDefinition<
    infer Input,
    infer Output
  >
    ? PollHandler<Input, Output, Settled<Definition>>
    : never;
};
