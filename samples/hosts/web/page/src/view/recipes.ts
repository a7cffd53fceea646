// Every component of the catalogue and how it is drawn.

import {element, type Recipe} from './part';
import {controlRecipes} from './recipes_controls';
import {fieldRecipes} from './recipes_fields';
import {layoutRecipes} from './recipes_layout';
import {textRecipes} from './recipes_text';

export const recipes: Readonly<Record<string, Recipe>> =
    {...layoutRecipes, ...textRecipes, ...controlRecipes, ...fieldRecipes};

/// What is no component, or not shown: it keeps its place, and nothing of it is drawn.
export const unknownRecipe: Recipe = {
  make: () => {
    const el = element('div');
    el.hidden = true;
    return {el, slot: element('div')};
  },
};
