"""Document 3: VGG-19 with batch norm, all of it trained; eight batches make an update."""

from torch.optim import SGD
from torchvision.models import vgg19_bn

from peer import T, job, loader, serve

model = vgg19_bn(num_classes=len(job.classes))
change = T.Compose([T.Resize(256), T.RandomResizedCrop(224, scale=(0.5, 1.0)), T.RandomHorizontalFlip(), T.ToTensor()])
serve(
    model,
    loader(job.train, change, shuffle=True),
    loader(job.validation, T.Compose([T.Resize((224, 224)), T.ToTensor()]), shuffle=False),
    SGD(model.parameters(), lr=0.01, momentum=0.9),
    group=8)
