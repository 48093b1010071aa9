using static TorchSharp.torch;
using static TorchSharp.torch.optim;

namespace TorchSharp.Modules;

/// <summary>What all optimizers share: groups, states, saving and loading.</summary>
public abstract class OptimizerHelper : Optimizer
{
    private readonly Dictionary<Parameter, OptimizerState> _states = new(ReferenceEqualityComparer.Instance);

    private protected OptimizerHelper()
    {
    }

    public override IEnumerable<Parameter> parameters() => Groups.SelectMany(group => group.Parameters);

    /// <summary>Sets the gradients to zeros; Module.zero_grad frees them instead.</summary>
    public override void zero_grad()
    {
        foreach (var parameter in parameters())
        {
            GradientOf.Clear(parameter, setToNone: false);
        }
    }

    public override void add_param_group(ParamGroup param_group)
    {
        ArgumentNullException.ThrowIfNull(param_group);
        Complete(param_group);
        foreach (var parameter in param_group.Parameters)
        {
            if (_states.ContainsKey(parameter))
            {
                throw new ArgumentException("Some parameters appear in more than one parameter group.", nameof(param_group));
            }

            var state = NewState(parameter);
            state.Initialize(param_group.Options!);
            _states.Add(parameter, state);
        }

        Groups.Add(param_group);
    }

    public virtual StateDictionary state_dict()
    {
        var dictionary = new StateDictionary();
        foreach (var group in Groups)
        {
            dictionary.Options.Add(group.Options!);
            var indices = new List<int>();
            foreach (var parameter in group.Parameters)
            {
                indices.Add(dictionary.State.Count);
                dictionary.State.Add(_states[parameter]);
            }

            dictionary.StateIndexRef.Add(indices);
        }

        return dictionary;
    }

    /// <summary>Copies settings and states; everything is checked before anything changes.</summary>
    public virtual void load_state_dict(StateDictionary state_dict)
    {
        ArgumentNullException.ThrowIfNull(state_dict);
        var mine = this.state_dict();
        MustHave(mine, state_dict.Options.Count, state_dict.State.Count);
        for (var i = 0; i < mine.State.Count; i++)
        {
            if (state_dict.State[i].GetType() != mine.State[i].GetType())
            {
                throw new ArgumentException($"Invalid optimizer state -- a state of {state_dict.State[i].GetType().DeclaringType?.Name} is not one of {GetType().Name}.");
            }

            mine.State[i].MustTake(state_dict.State[i]);
        }

        for (var i = 0; i < mine.Options.Count; i++)
        {
            mine.Options[i].LoadStateDict(state_dict.Options[i]);
        }

        for (var i = 0; i < mine.State.Count; i++)
        {
            mine.State[i].LoadStateDict(state_dict.State[i]);
        }
    }

    public void save_state_dict(string location)
    {
        using var writer = new BinaryWriter(File.Create(location));
        save_state_dict(writer);
    }

    /// <summary>The optimizer's name, the numbers of groups and states (LEB128), the settings of each group, the state of each parameter.</summary>
    public void save_state_dict(BinaryWriter writer)
    {
        var state = state_dict();
        writer.Write(GetType().Name);
        TensorRecord.WriteNumber(writer, state.Options.Count);
        TensorRecord.WriteNumber(writer, state.State.Count);
        state.Options.ForEach(options => options.SaveStateDict(writer));
        state.State.ForEach(one => one.SaveStateDict(writer));
    }

    public void load_state_dict(string location)
    {
        using var reader = new BinaryReader(File.OpenRead(location));
        load_state_dict(reader);
    }

    public void load_state_dict(BinaryReader reader)
    {
        var name = reader.ReadString();
        if (name != GetType().Name)
        {
            throw new InvalidDataException($"Mismatched optimizer type: expected '{GetType().Name}', but found '{name}' in the loaded stream.");
        }

        var mine = state_dict();
        MustHave(mine, TensorRecord.ReadNumber(reader), TensorRecord.ReadNumber(reader));
        var loaded = new StateDictionary();
        try
        {
            foreach (var options in mine.Options)
            {
                var read = options.Blank();
                read.LoadStateDict(reader);
                loaded.Options.Add(read);
            }

            foreach (var state in mine.State)
            {
                var read = state.Blank();
                loaded.State.Add(read);
                read.LoadStateDict(reader);
            }

            load_state_dict(loaded);
        }
        finally
        {
            loaded.State.ForEach(state => state.DisposeTensors());
        }
    }

    public void to(Device device)
    {
        foreach (var state in _states.Values)
        {
            state.to(device);
        }
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            foreach (var state in _states.Values)
            {
                state.DisposeTensors();
            }
        }

        base.Dispose(disposing);
    }

    /// <summary>Runs the closure with gradients, then the body for each group without.</summary>
    protected Tensor? _step<T>(Action<T> body, Func<Tensor>? loss_closure = null)
        where T : ParamGroup
    {
        Tensor? loss = null;
        if (loss_closure is not null)
        {
            using var _ = enable_grad();
            loss = loss_closure();
        }

        using (no_grad())
        {
            using var scope = NewDisposeScope();
            foreach (var group in Groups)
            {
                body((T)group);
            }
        }

        return loss;
    }

    /// <summary>Gives a group without settings, or with some of them, the rest from the optimizer.</summary>
    private protected abstract void Complete(ParamGroup group);

    private protected abstract OptimizerState NewState(Parameter parameter);

    private protected T StateOf<T>(Parameter parameter)
        where T : OptimizerState
        => (T)_states[parameter];

    /// <summary>The gradient to go down, weight decay included; null where there is none.</summary>
    private protected static Tensor? Descent(Parameter parameter, bool maximize, double weightDecay)
    {
        var gradient = parameter.grad;
        if (gradient is null)
        {
            return null;
        }

        if (maximize)
        {
            gradient = gradient.neg();
        }

        return weightDecay == 0 ? gradient : Step.Sum(gradient, parameter, weightDecay);
    }

    private static void MustHave(StateDictionary mine, long groups, long states)
    {
        if (groups != mine.Options.Count)
        {
            throw new ArgumentException($"Invalid optimizer state -- different number of parameter groups: expected {mine.Options.Count}, but found {groups}.");
        }

        if (states != mine.State.Count)
        {
            throw new ArgumentException($"Invalid optimizer state -- different number of states: expected {mine.State.Count}, but found {states}.");
        }
    }
}
