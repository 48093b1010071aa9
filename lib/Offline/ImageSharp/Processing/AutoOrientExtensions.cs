using SixLabors.ImageSharp.Metadata.Profiles.Exif;

namespace SixLabors.ImageSharp.Processing;

/// <summary>Turning a picture as its EXIF orientation says.</summary>
public static class AutoOrientExtensions
{
    public static IImageProcessingContext AutoOrient(this IImageProcessingContext source)
    {
        var profile = source.Image().Metadata.ExifProfile;
        if (profile is null || !profile.TryGetValue(ExifTag.Orientation, out var orientation))
        {
            return source;
        }

        var turn = orientation.Value switch
        {
            ExifOrientationMode.TopRight => new TurnOperation(transpose: false, mirrorX: true, mirrorY: false),
            ExifOrientationMode.BottomRight => new TurnOperation(transpose: false, mirrorX: true, mirrorY: true),
            ExifOrientationMode.BottomLeft => new TurnOperation(transpose: false, mirrorX: false, mirrorY: true),
            ExifOrientationMode.LeftTop => new TurnOperation(transpose: true, mirrorX: false, mirrorY: false),
            ExifOrientationMode.RightTop => new TurnOperation(transpose: true, mirrorX: true, mirrorY: false),
            ExifOrientationMode.RightBottom => new TurnOperation(transpose: true, mirrorX: true, mirrorY: true),
            ExifOrientationMode.LeftBottom => new TurnOperation(transpose: true, mirrorX: false, mirrorY: true),
            _ => null,
        };
        if (turn is not null)
        {
            source.Run(turn);
        }

        profile.SetValue(ExifTag.Orientation, ExifOrientationMode.TopLeft);
        return source;
    }
}
