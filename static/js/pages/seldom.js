/** What few pages show, in one script that is fetched when the first of it is wanted: as a second one, it would tear
 * what it shares with the pages into more pieces. */

export { Arithmetic } from "../editor/arithmeticView.js";
export { Atlas } from "../editor/atlas.js";
export { Augmentation } from "../editor/augmentation.js";
export { Band } from "../editor/band.js";
export { Gallery } from "../editor/gallery.js";
export { KeysDialog } from "../editor/keysDialog.js";
export { Luck } from "../editor/luck.js";
export { HeadForm } from "../editor/headForm.js";
export { openStage } from "../editor/stages.js";
export { OpenedCard } from "../network/openedCard.js";
export { StepColumns } from "../network/stepColumns.js";
export { WeightEditor } from "../network/weightEditor.js";
export { TrainingForm } from "../editor/trainingForm.js";
export { Why } from "../editor/why.js";
export { OwnData } from "../own/ownDialog.js";
export { Ask } from "../views/ask.js";
export { Attention } from "../views/attentionDrawn.js";
export { Continuation } from "../views/continuationDrawn.js";
export { Cost } from "../views/costDrawn.js";
export { Denoising } from "../views/denoisingDrawn.js";
export { Examined } from "../views/examinedDrawn.js";
export { Gates } from "../views/gatesDrawn.js";
export { GeneratedPictures } from "../views/generatedPicturesDrawn.js";
export { Fills } from "../views/fillsDrawn.js";
export { GeneratedPoints } from "../views/generatedPointsDrawn.js";
export { play } from "../views/sounding.js";
export { HeadRoles } from "../views/headRolesDrawn.js";
export { LatentPlane } from "../views/latentPlaneDrawn.js";
export { Memory } from "../views/memoryDrawn.js";
export { RightByLength } from "../views/rightByLengthDrawn.js";
export { States } from "../views/statesDrawn.js";
export { TagsGiven } from "../views/tagsGivenDrawn.js";
export { Translations } from "../views/translationsDrawn.js";
export { Written } from "../views/writtenDrawn.js";
export { Scores } from "../views/scoresDrawn.js";
