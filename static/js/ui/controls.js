/** The only raw form controls of the house. */

export { Button, IconButton } from "./buttons.js";
export { Chip, RadioCards, SegmentedControl, Select, Toggle } from "./choices.js";
export { NumberField, Slider, TextField } from "./fields.js";
