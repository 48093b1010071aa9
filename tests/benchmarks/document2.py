"""Document 2: a convolutional network from scratch on grey CT slices, one output."""

from torch import nn
from torch.nn.functional import binary_cross_entropy_with_logits
from torch.optim import Adam

from peer import Mode, T, job, loader, serve

SIZE = 248
layers, channels, side = [], 1, SIZE
for maps, kernel in ((16, 1), (32, 3), (64, 5), (64, 5)):
    layers += [nn.Conv2d(channels, maps, kernel, padding="same"), nn.ReLU(), nn.MaxPool2d(2)]
    channels, side = maps, side // 2
layers.append(nn.Flatten())
inputs = channels * side * side
for outputs, dropped in ((128, 0.4), (64, 0.5), (8, 0.3)):
    layers += [nn.Linear(inputs, outputs), nn.ReLU(), nn.Dropout(dropped)]
    inputs = outputs
model = nn.Sequential(*layers, nn.Linear(inputs, 1))
change = T.Compose([
    T.Resize((SIZE, SIZE), Mode.NEAREST),
    T.RandomAffine(5, translate=(0.05, 0.05), scale=(0.95, 1.05), shear=0.05, interpolation=Mode.BILINEAR),
    T.RandomHorizontalFlip(),
    T.ToTensor()])
serve(
    model,
    loader(job.train, change, shuffle=True, mode="L"),
    loader(job.validation, change, shuffle=True, mode="L"),
    Adam(model.parameters(), lr=0.01, eps=1e-7),
    loss=lambda z, y: binary_cross_entropy_with_logits(z.squeeze(1), y.float()))
