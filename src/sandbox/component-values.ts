import { ButtonStyle, ComponentType as Type } from 'discord-api-types/v10';
import { ControlError } from './control-error.ts';
import type { JsonObject } from './json.ts';
import type { AtHand, Mentioned } from './mentioned.ts';
import { flattenComponents } from './message.ts';
import { chooseIn } from './select-values.ts';

export type UsedComponent = { readonly data: JsonObject; readonly mentioned: readonly Mentioned[] };

/**
 * The button or select `customId` of `components`, as it is when used with `values`.
 *
 * @throws ControlError 400 where it is not there (any more), disabled, or does not offer the values
 */
export function useComponent(
  components: readonly JsonObject[],
  customId: string,
  values: readonly string[] | undefined,
  at: AtHand,
): UsedComponent {
  const component = flattenComponents(components).find((one) => one['custom_id'] === customId);
  if (component === undefined) {
    throw new ControlError(
      400,
      `This interaction failed: the message has no component with the custom id “${customId}”.`,
    );
  }
  if (component['disabled'] === true) throw new ControlError(400, `The component “${customId}” is disabled.`);
  const { type } = component;
  const data = { component_type: type, custom_id: customId, id: component['id'] };
  if (type === Type.Button) {
    const isSilent = component['style'] === ButtonStyle.Link || component['style'] === ButtonStyle.Premium;
    if (isSilent) throw new ControlError(400, `The bot does not hear of the button “${customId}”.`);
    return { data, mentioned: [] };
  }
  const limits = { min: Number(component['min_values'] ?? 1), max: Number(component['max_values'] ?? 1) };
  const { values: chosen, mentioned } = chooseIn(component, values, limits, at);
  return { data: { ...data, values: chosen }, mentioned };
}
